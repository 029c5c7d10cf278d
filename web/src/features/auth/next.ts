/** Where to go after signing in: the asked-for page if it is on this site, else the studio. */
export function safeNext(next: string | null): string {
  if (!next?.startsWith('/')) return '/studio';
  try {
    const url = new URL(next, location.origin);
    const here = url.origin === location.origin && !/^\/(login|signup)\b/.test(url.pathname);
    return here ? url.pathname + url.search + url.hash : '/studio';
  } catch {
    return '/studio';
  }
}
