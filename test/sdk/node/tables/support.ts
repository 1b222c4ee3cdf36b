/** A text as a file is read: in pieces, here of one character each, so that no boundary goes untried. */
export async function* inPieces(text: string): AsyncGenerator<string> {
  for (const character of text) yield await Promise.resolve(character);
}
