import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';
import { messages } from './scripts/messages-plugin.mjs';

/** Where `npm run dev` sends API calls. */
const api = process.env.IMAGIFY_API ?? 'http://127.0.0.1:8080';
/** A path is the API's when it starts with one of these words (DESIGN section 4). */
const apiPaths =
  '^/(auth|user|admin|image|payment|plans|dev|openapi\\.json|healthz|readyz)(/|\\?|$)';

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [messages(), react(), tailwindcss({ optimize: false })],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      // React has had this hook itself since 18; the shim would only be sent for nothing.
      'use-sync-external-store/shim/index.js': 'react',
    },
  },
  server: { proxy: { [apiPaths]: { target: api, changeOrigin: false } } },
  build: {
    target: 'es2022',
    // Colours are light-dark() pairs, which these know.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    manifest: !isSsrBuild,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: isSsrBuild
      ? {}
      : {
          output: {
            codeSplitting: {
              // One chunk for what every page needs; routes and languages stay apart.
              groups: [
                {
                  name: 'core',
                  test: /node_modules[\\/](react|react-dom|scheduler|wouter|regexparam|@tanstack|@lingui|clsx)[\\/](?!.*([iI]nfinite|[qQ]ueries))|src[\\/]app[\\/](App|Shell|pages|providers)|src[\\/](api|ui)[\\/](?!admin|ledger|letters|order|payments|receipt|security|ConfirmFields|Dialog|EmailField|Empty|Ledgered|NotFound|OtpField|Outcome|PasswordField|Plate|TextArea|WaitButton|fieldText|planName|reasonText|refundText|rules|useSecondsLeft|useValidForm)/,
                },
                // Small parts of every page about orders: together they compress better.
                {
                  name: 'orders',
                  test: /src[\\/](api[\\/]orders|ui[\\/](orderState|planName|reasonText|refundText))/,
                },
                // What forms are made of; most have no password.
                {
                  name: 'forms',
                  test: /node_modules[\\/]valibot[\\/]|src[\\/]ui[\\/]useValidForm/,
                },
                {
                  name: 'passwords',
                  test: /src[\\/]ui[\\/](ConfirmFields|EmailField|OtpField|Outcome|PasswordField|WaitButton|fieldText|rules|useSecondsLeft)/,
                },
                // Words that most pages speak travel together.
                { name: 'words-vi', test: /src[\\/]i18n[\\/]vi[\\/](shell|samples|picture)\.json/ },
                { name: 'words-en', test: /src[\\/]i18n[\\/]en[\\/](shell|samples|picture)\.json/ },
              ],
            },
          },
        },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'tests/unit/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/setup.ts'],
    css: false,
    testTimeout: 30_000,
  },
}));
