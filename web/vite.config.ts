import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** See the module that it puts in the place of fflate. */
const zipInPage: Plugin = {
  name: 'zip-in-page',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === 'fflate' && importer?.includes('/write-excel-file/') === true
      ? at('src/shell/fflate-in-page.ts')
      : null,
};

export default defineConfig({
  root: at('.'),
  base: '/',
  plugins: [zipInPage, react()],
  build: {
    outDir: at('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // A page whose policy allows no inline code or data address must get files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
  worker: { format: 'es' },
  server: {
    port: 7448,
    // `portolan serve` beside `vite --config web/vite.config.ts`.
    proxy: { '/api': { target: process.env['PORTOLAN_SERVER'] ?? 'http://127.0.0.1:7447' } },
  },
});
