/** Starts the designer in the browser: one query cache, one router, one stream of live events. */
import { MantineProvider } from "@mantine/core";
// In a layer, so that our own rules win whatever the order of the chunks.
import "@mantine/core/styles.layer.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openEventFeed } from "./api/events.ts";
import { LiveProvider } from "./api/live-context.tsx";
import { createQueryClient } from "./api/query-client.ts";
import { createAppRouter } from "./routes.tsx";
import "./theme/base.css";
import { cssVariablesResolver, theme } from "./theme/theme.ts";

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);
const feed = openEventFeed(queryClient, "/api/events");
const mount = document.querySelector("#root");
if (mount === null) throw new Error("The page has no #root to mount in.");

createRoot(mount).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <LiveProvider feed={feed}>
          <RouterProvider router={router} />
        </LiveProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
