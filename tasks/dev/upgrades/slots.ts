import { getUint, id, keccak256, toBeHex } from "ethers";

/** Where ERC-7201 puts a namespace: `keccak256(abi.encode(uint256(keccak256(name)) - 1)) & ~bytes32(uint256(0xff))`. */
export function slotOf(name: string): string {
  const hash = keccak256(toBeHex(getUint(id(name)) - 1n, 32));
  return `${hash.slice(0, -2)}00`;
}
