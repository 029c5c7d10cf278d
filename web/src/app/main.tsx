import './styles.css';
import { startTransition } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { sessionQuery } from '@/api/session';
import { pageLocale } from '@/i18n/locale';
import { activate } from '@/i18n/words';
import { App } from './App';
import { loadPageAt, loadVerifyBanner } from './pages';
import { newCache, Providers } from './providers';

const cache = newCache();
const app = (
  <Providers cache={cache}>
    <App />
  </Providers>
);

/** The longest wait for who is there; after that the page is drawn without knowing. */
const patienceMs = 1000;

/** Who is there: what only some see above the page has its place from the first drawing on. */
async function meet(): Promise<void> {
  await cache.prefetchQuery(sessionQuery);
  const { user } = cache.getQueryData(sessionQuery.queryKey) ?? {};
  if (user?.emailVerified === false) void loadVerifyBanner();
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

async function start(root: HTMLElement) {
  const prerendered = root.dataset['page'] === 'landing';
  await Promise.all([
    activate(pageLocale()),
    loadPageAt(location.pathname),
    // What is prerendered is there already, as a guest sees it.
    prerendered || Promise.race([meet(), pause(patienceMs)]),
  ]);
  // One task later and as a transition: the first paint is not held up by the first render.
  await pause(0);
  startTransition(() => {
    if (prerendered) hydrateRoot(root, app);
    else createRoot(root).render(app);
  });
}

const root = document.getElementById('root');
if (root) void start(root);
