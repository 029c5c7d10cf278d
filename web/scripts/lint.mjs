/**
 * Rules of this app that no general linter knows:
 * no literal text in TSX (words live in src/i18n), and only src/api talks to the server.
 */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const src = fileURLToPath(new URL('../src', import.meta.url));
const spoken = new Set(['alt', 'title', 'placeholder', 'aria-label', 'label', 'hint', 'legend']);
/** A feature is a room: it takes from ui, api, i18n and app, never from another room. */
const room = /^features\/([a-z]+)\//;
const problems = [];

const hasWords = (text) => /\p{L}{2,}/u.test(text);

function check(file, source) {
  const report = (node, text) =>
    problems.push(
      `src/${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${text}`,
    );
  const walk = (node) => {
    if (ts.isJsxText(node) && hasWords(node.text))
      report(node, `literal text: ${node.text.trim()}`);
    if (
      ts.isJsxAttribute(node) &&
      spoken.has(node.name.getText()) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer) &&
      hasWords(node.initializer.text)
    ) {
      report(node, `literal ${node.name.getText()}`);
    }
    if (!file.startsWith('api/')) {
      if (ts.isCallExpression(node) && node.expression.getText() === 'fetch')
        report(node, 'fetch outside src/api');
      if (
        ts.isNewExpression(node) &&
        /^(EventSource|XMLHttpRequest|WebSocket)$/.test(node.expression.getText())
      )
        report(node, 'network outside src/api');
    }
    if (ts.isImportDeclaration(node)) {
      const from = /@\/(features\/[a-z]+\/)/.exec(node.moduleSpecifier.text)?.[1];
      const own = room.exec(file)?.[1];
      if (own && from && room.exec(from)?.[1] !== own)
        report(node, `imports another feature: ${node.moduleSpecifier.text}`);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
}

for (const entry of await readdir(src, { recursive: true, withFileTypes: true })) {
  if (!/\.tsx?$/.test(entry.name) || /\.(test|d)\.tsx?$/.test(entry.name)) continue;
  const path = `${entry.parentPath}/${entry.name}`;
  const file = path.slice(src.length + 1);
  check(
    file,
    ts.createSourceFile(
      path,
      await readFile(path, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
      path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
    ),
  );
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('lint: words, network and rooms are in order');
