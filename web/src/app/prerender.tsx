import { Writable } from 'node:stream';
import { i18n } from '@lingui/core';
import { renderToPipeableStream } from 'react-dom/server';
import { Router } from 'wouter';
import { type Locale } from '@/i18n/locale';
import { activate } from '@/i18n/words';
import { Boundary } from './Boundary';
import { App } from './App';
import { pages, wordsOf } from './pages';
import { newCache, Providers } from './providers';
import { Shell } from './Shell';
import { ShellSkeleton } from './ShellSkeleton';

/**
 * The HTML of a page as a guest without script sees it; `shell` is the frame around a page still to
 * come.
 */
export async function prerender(
  locale: Locale,
  path: string,
  kind: 'page' | 'shell',
): Promise<string> {
  await Promise.all([activate(locale), pages.landing(), pages.studio()]);
  const content =
    kind === 'page' ? (
      <App />
    ) : (
      <Shell>
        <Boundary>
          <ShellSkeleton />
        </Boundary>
      </Shell>
    );
  const tree = (
    <Providers cache={newCache()}>
      <Router ssrPath={path}>{content}</Router>
    </Providers>
  );
  return new Promise((resolve, reject) => {
    let html = '';
    const sink = new Writable({
      write(chunk, _encoding, done) {
        html += String(chunk);
        done();
      },
      final(done) {
        resolve(html);
        done();
      },
    });
    const stream = renderToPipeableStream(tree, {
      // One piece, without the scripts that put late pieces into place.
      progressiveChunkSize: Number.POSITIVE_INFINITY,
      onAllReady: () => stream.pipe(sink),
      onError: reject,
    });
  });
}

export { wordsOf };

/** A message by its key, for a page's title and description. */
export const message = (key: string): string => i18n._(key);
