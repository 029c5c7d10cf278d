import { render } from '@testing-library/react';
import { i18n, type Messages } from '@lingui/core';
import type { ReactElement } from 'react';
import { vi } from 'vitest';
import { newCache, Providers } from '@/app/providers';
import type { Locale } from '@/i18n/locale';

const catalogs = import.meta.glob<{ default: Messages }>('../src/i18n/{vi,en}/*.json', {
  eager: true,
});

/** All words of a language, current. */
export function speak(locale: Locale): void {
  const words = Object.entries(catalogs).filter(([path]) => path.includes(`/${locale}/`));
  i18n.loadAndActivate({
    locale,
    messages: Object.assign({}, ...words.map(([, module]) => module.default)) as Messages,
  });
}

export interface Reply {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Answers requests from a table of "METHOD /path"; keeps what was asked. */
export function stubApi(replies: Record<string, Reply | (() => Reply)>) {
  const asked: { method: string; path: string; headers: Headers; body: unknown }[] = [];
  const answer = vi.fn((input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://localhost');
    const method = init.method ?? 'GET';
    asked.push({
      method,
      path: url.pathname + url.search,
      headers: new Headers(init.headers),
      body: init.body ? JSON.parse(String(init.body)) : undefined,
    });
    const found = replies[`${method} ${url.pathname}`];
    const {
      status = 200,
      body = {},
      headers = {},
    } = typeof found === 'function'
      ? found()
      : (found ?? { status: 404, body: { code: 'route.not_found' } });
    return Promise.resolve(
      new Response(status === 204 ? null : JSON.stringify(body), {
        status,
        headers: { 'Content-Type': 'application/json', ...headers },
      }),
    );
  });
  vi.stubGlobal('fetch', answer);
  return asked;
}

/** Draws a tree as the app would, in a language. */
export function show(tree: ReactElement, locale: Locale = 'vi') {
  speak(locale);
  return render(<Providers cache={newCache()}>{tree}</Providers>);
}
