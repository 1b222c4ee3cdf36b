import { createContext } from "react";
import type { Reader } from "./client.js";

/** The reader of the page's DAO. */
export const ReaderContext = createContext<Reader | undefined>(undefined);
