import { useEffect, useState } from 'react';

const tokenOf = (fragment: string) => fragment.replace(/^#/, '');

/**
 * The token of the letter's link: what stands after the "#", which browsers never send. It is taken
 * out of the address bar at once, so that it is not bookmarked, shared or seen. A second link
 * opened over this page is a change of the fragment only.
 */
export function useLinkToken(): string {
  const [token, setToken] = useState(() => tokenOf(location.hash));
  useEffect(() => {
    const take = () => {
      const next = tokenOf(location.hash);
      if (next === '') return;
      setToken(next);
      history.replaceState(history.state, '', location.pathname + location.search);
    };
    take();
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  return token;
}
