import { compileMessage } from '@lingui/message-utils/compileMessage';

/**
 * Compiles the message catalogs (src/i18n/<language>/*.json) at build time, so that no message
 * parser is sent to the browser and no code is ever made from text there.
 */
export function messages() {
  return {
    name: 'imagify-messages',
    enforce: 'pre',
    transform(source, id) {
      if (!/[\\/]src[\\/]i18n[\\/](vi|en)[\\/][a-z]+\.json$/.test(id.split('?')[0])) return null;
      const compiled = Object.entries(JSON.parse(source)).map(([key, text]) => [
        key,
        compileMessage(text),
      ]);
      return {
        code: `export default ${JSON.stringify(Object.fromEntries(compiled))}`,
        moduleType: 'js',
        map: null,
      };
    },
  };
}
