/** An idea that somebody is writing. */
export interface IdeaDraft {
  readonly title: string;
  readonly text: string;
}

export const EMPTY: IdeaDraft = { title: "", text: "" };

/** The idea that is kept on the device, of one call. */
export class KeptIdea {
  readonly #key: string;

  /** @param call Tells it from all others: the board and the call's number. */
  constructor(call: string) {
    this.#key = `kyoso-idea-${call}`;
  }

  read(): IdeaDraft {
    try {
      const found: unknown = JSON.parse(localStorage.getItem(this.#key) ?? "null");
      return isDraft(found) ? found : EMPTY;
    } catch {
      return EMPTY;
    }
  }

  /** @returns Whether the device has kept it. */
  keep(draft: IdeaDraft): boolean {
    try {
      if (draft.title === "" && draft.text === "") localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }
}

function isDraft(value: unknown): value is IdeaDraft {
  return (
    typeof value === "object" &&
    value !== null &&
    "title" in value &&
    typeof value.title === "string" &&
    "text" in value &&
    typeof value.text === "string"
  );
}
