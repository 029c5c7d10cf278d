/** Reads a value this tab kept before; null when there is none, or the browser keeps nothing. */
export function readStored(name: string): unknown {
  try {
    const text = sessionStorage.getItem(name);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** Keeps a value for this tab, if the browser allows it. */
export function keepStored(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Private windows may refuse; the page works without.
  }
}
