/** The text of a part of an address, `%C3%A9` as `é`; what is no valid encoding stays as it is written, for it may be anyone's. */
export function decodeAddress(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
