import { defineConfig } from "vite";

/** Where `dkl serve` listens, for `npm run dev`. */
const daemon = process.env.DKL_DAEMON ?? "http://127.0.0.1:5080";

// Names carry the hash of the content, which the daemon lets browsers keep for ever. Names and bytes depend on the
// source alone, so that the built page can be committed and compared.
export default defineConfig({
  build: {
    outDir: "../Host/wwwroot",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  server: {
    port: 5173,
    proxy: { "/api": { target: daemon, ws: true }, "/health": daemon },
  },
});
