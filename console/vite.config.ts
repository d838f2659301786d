import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `npm start` listens; only `vite console`, the development server, needs it. */
const apiOrigin = "http://127.0.0.1:7373";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: "es2023",
    // As new as light-dark(): translated for older browsers, it would lose the switch between light and dark.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    outDir: "dist",
    emptyOutDir: true,
    // The server's content security policy allows no data: addresses, so nothing may be inlined as one.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The entry is about 210 kB compressed, measured; the usual warning counts uncompressed bytes.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { "/api": apiOrigin } },
});
