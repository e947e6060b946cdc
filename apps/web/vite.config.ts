/** Build and test set-up of the designer. In development `/api` goes to the product server on this machine. */
import { lezer } from "@lezer/generator/rollup";
import react from "@vitejs/plugin-react";
import { loadEnv } from "vite";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => {
  const target = `http://127.0.0.1:${loadEnv(mode, ".", "FIELDBRIDGE_").FIELDBRIDGE_PORT ?? "4400"}`;
  // The server answers to its own pages only, and in development the pages come from another port.
  const api = { target, changeOrigin: true, headers: { origin: target } };
  return {
    plugins: [react(), lezer()],
    server: { port: 4420, host: "127.0.0.1", proxy: { "/api": api } },
    build: {
      outDir: "dist",
      target: "es2023",
      // These know light-dark(); for older ones it would be lowered to a form that loses our own variables.
      cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
      chunkSizeWarningLimit: 600,
    },
    worker: { format: "es" as const },
    test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
  };
});
