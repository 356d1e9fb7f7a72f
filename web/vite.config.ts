import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('.'),
  base: '/',
  plugins: [react()],
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
