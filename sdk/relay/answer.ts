/** More than a relay has to say, in bytes. */
const LONGEST = 64 * 1024;

/**
 * An answer's text.
 *
 * @throws RangeError for one that is longer than what relays say: the rest of it isn't waited for.
 */
export async function readWhole({ body }: Response): Promise<string> {
  if (body === null) return "";
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let length = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > LONGEST) {
      await reader.cancel();
      throw new RangeError("it says more than relays do");
    }
    text += decoder.decode(value, { stream: true });
  }
}
