/** One value map under its address; a former name leads to the one of today. */
import { Text } from "@mantine/core";
import { getRouteApi, Navigate } from "@tanstack/react-router";
import { useApi } from "../../api/index.ts";
import { Loaded, Page, RowsSkeleton, TextLink } from "../../kit/index.ts";
import { ValueMapEditor } from "./value-map-editor.tsx";

const route = getRouteApi("/library/value-maps/$name");

export function ValueMapPage() {
  const { name } = route.useParams();
  const query = useApi("getValueMap", { params: { name } }, { staleTime: 0 });
  return (
    <Page
      title={name}
      above={<TextLink to="/library/value-maps">Value maps</TextLink>}
      beside={<Text c="dimmed">value map</Text>}
    >
      <Loaded query={query} what="This value map" skeleton={<RowsSkeleton rows={8} />}>
        {(map) =>
          map.name === name ? (
            <ValueMapEditor key={map.name} stored={map} />
          ) : (
            <Navigate to="/library/value-maps/$name" params={{ name: map.name }} replace />
          )
        }
      </Loaded>
    </Page>
  );
}
