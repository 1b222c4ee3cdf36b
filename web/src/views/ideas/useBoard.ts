import { useContext } from "react";
import { DocumentContext } from "../../ui/Address.js";

/** Tells the DAO's board from all others, for what is kept on the device. */
export function useBoard(): string {
  const record = useContext(DocumentContext)?.record;
  return `${record?.chainId ?? ""}-${record?.modules?.board?.toLowerCase() ?? ""}`;
}
