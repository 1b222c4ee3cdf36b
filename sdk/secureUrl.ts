/** Whether an address is of HTTPS, or of this computer, as while one tries things out: a page of HTTPS can ask nobody else. */
export function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1"].includes(hostname));
}
