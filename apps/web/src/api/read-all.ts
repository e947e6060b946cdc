/** All rows of a list route, page after page, for what leaves the browser whole: an export. */
import type { RouteInput, RouteResponse } from "@fieldbridge/model";
import { sendRequest } from "./client.ts";
import type { ListItem, ListRoute } from "./hooks.ts";

const mostPerPage = 500;

export async function readAll<N extends ListRoute>(name: N, input: RouteInput<N>): Promise<ListItem<N>[]> {
  const items: ListItem<N>[] = [];
  for (let after: string | undefined; ;) {
    const query = { ...input.query, limit: mostPerPage, after };
    const page: RouteResponse<N> = await sendRequest(name, { ...input, query });
    items.push(...(page.items as ListItem<N>[]));
    if (page.next === null) return items;
    after = page.next;
  }
}
