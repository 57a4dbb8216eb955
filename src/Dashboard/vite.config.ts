import { defineConfig } from "vite";

/** Where `dkl serve` listens, for `npm run dev`. */
const daemon = process.env.DKL_DAEMON ?? "http://127.0.0.1:8420";

// File names carry no hash and the bytes depend on the source alone, so that the built page can be committed and
// compared. The daemon sends an ETag, so nobody is left with an old one.
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
        entryFileNames: "assets/[name].js",
        chunkFileNames: "assets/[name].js",
        assetFileNames: "assets/[name][extname]",
      },
    },
  },
  server: {
    port: 5173,
    proxy: { "/api": { target: daemon, ws: true }, "/health": daemon },
  },
});
