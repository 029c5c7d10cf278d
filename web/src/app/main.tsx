import './styles.css';
import { startTransition } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { pageLocale } from '@/i18n/locale';
import { activate } from '@/i18n/words';
import { App } from './App';
import { loadPageAt } from './pages';
import { newCache, Providers } from './providers';

const app = (
  <Providers cache={newCache()}>
    <App />
  </Providers>
);

async function start(root: HTMLElement) {
  const prerendered = root.dataset['page'] === 'landing';
  await Promise.all([activate(pageLocale()), loadPageAt(location.pathname)]);
  // One task later and as a transition: the first paint is not held up by the first render.
  await new Promise((done) => setTimeout(done, 0));
  startTransition(() => {
    if (prerendered) hydrateRoot(root, app);
    else createRoot(root).render(app);
  });
}

const root = document.getElementById('root');
if (root) void start(root);
