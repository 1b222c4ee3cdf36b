/** The data of a problem of which there is nothing more to say. */
export type Nothing = Readonly<Record<string, never>>;
