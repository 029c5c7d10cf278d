// CloudFront Function: which file of the site a path means. The same decisions as those of
// src/transport/beast/static_assets.cpp and negotiation.cpp; test/pages.test.ts compares them.
// lib/site-routing.ts puts `kPages` and `kRoutes` in front.

/** The weight that a header Accept-Language gives a language, in thousandths. */
function weightOf(list, language) {
  let best = 0;
  for (const part of list.split(',')) {
    const pieces = part.split(';').map((piece) => piece.trim());
    if (pieces[0].split('-')[0].toLowerCase() !== language) continue;
    let weight = 1000;
    for (const piece of pieces.slice(1)) {
      if (!/^q=./i.test(piece)) continue;
      const digits = piece.slice(2);
      weight = /^[01](\.\d{0,3})?$/.test(digits)
        ? Math.min(1000, Math.round(Number(digits) * 1000))
        : 0;
      break;
    }
    best = Math.max(best, weight);
  }
  return best;
}

function wantsEnglish(request) {
  if (request.uri.startsWith('/en/')) return true;
  const cookie = request.cookies.lang ? request.cookies.lang.value : '';
  if (cookie === 'en' || cookie === 'vi') return cookie === 'en';
  const header = request.headers['accept-language'];
  const list = header ? header.value : '';
  return weightOf(list, 'en') > weightOf(list, 'vi');
}

/** "*" at the end of a route stands for one segment that is not empty. */
function isRoute(path) {
  return kRoutes.some((route) => {
    if (!route.endsWith('*')) return route === path;
    const start = route.slice(0, -1);
    return path.length > start.length && path.startsWith(start) &&
      path.indexOf('/', start.length) < 0;
  });
}

function fileOf(request) {
  let path = request.uri;
  if (path.length > 2 && path.endsWith('/')) path = path.slice(0, -1);
  const page = kPages[path];
  if (page) return page;
  const suffix = wantsEnglish(request) ? '.en.html' : '.html';
  if (isRoute(path)) return '/app' + suffix;
  const isFile = path.slice(path.lastIndexOf('/')).includes('.');
  return isFile || path.startsWith('/assets/') ? path : '/404' + suffix;
}

function handler(event) {
  // A page that does not exist is told from one that does after it was read.
  if (event.response) {
    if (/^\/404(\.en)?\.html$/.test(event.request.uri)) {
      event.response.statusCode = 404;
      event.response.statusDescription = 'Not Found';
    }
    return event.response;
  }
  event.request.uri = fileOf(event.request);
  return event.request;
}
