// A package and a site that only have to be there, where templates matter and not what they carry:
// tests, and ./run destroy.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of a script in the placeholder's pages. */
export const kScriptHash = 'sha256-6Ci0OEkQxCFrtKPMEYIW1hFmXe6+Dga8wFOkjfw4u4I=';

/** Writes both into `folder`; gives them as settings. */
export function writePlaceholders(folder: string) {
  const zip = join(folder, 'package.zip');
  const siteFolder = join(folder, 'site');
  writeFileSync(zip, 'PK\x05\x06' + '\0'.repeat(18));
  for (const part of ['assets', 'en']) mkdirSync(join(siteFolder, part), { recursive: true });
  for (const page of ['index.html', 'en/index.html', 'app.html', 'app.en.html'])
    writeFileSync(join(siteFolder, page), `<!doctype html><title>${page}</title>`);
  writeFileSync(join(siteFolder, 'assets/core-AbCd1234.js'), '');
  const hashes = { script: [kScriptHash], style: [] };
  writeFileSync(join(siteFolder, 'csp.json'), JSON.stringify(hashes));
  return { zip, siteFolder };
}
