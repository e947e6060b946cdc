/** The empty workspace: one template as the big card, and one quiet way to start from scratch. */
import { Group, Stack, Text, Title } from "@mantine/core";
import { ArrowRight, Building2, Cloud, FlaskConical } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { ButtonLink, CardsSkeleton, Loaded, TextLink } from "../../kit/index.ts";
import { toTitle } from "../../format/object-words.ts";
import classes from "./home.module.css";

function EndPicture({
  label,
  objects,
  icon: Icon,
}: {
  label: string;
  objects: readonly string[];
  icon: typeof Cloud;
}) {
  return (
    <div className={classes.end}>
      <Group gap={8} wrap="nowrap">
        <Icon size={18} aria-hidden />
        <Text fw={600} size="sm">
          {label}
        </Text>
      </Group>
      <ul>
        {objects.slice(0, 4).map((each) => (
          <li key={each}>{toTitle(each)}</li>
        ))}
      </ul>
    </div>
  );
}

/** What happens after the button, so that nobody has to guess what it starts. */
const steps: readonly (readonly [string, string])[] = [
  ["Connect", "Two built-in sandboxes are chosen and tested for you; your own systems come later."],
  ["Check", "Every field the template needs is looked up, and the value maps show their answers."],
  [
    "Preview and run",
    "Real records before and after. Then one button, and a page that shows what became of each.",
  ],
];

export function FirstStart() {
  const templates = useApi("listTemplates");
  return (
    <Loaded query={templates} what="Templates" skeleton={<CardsSkeleton cards={1} height={280} />}>
      {(list) => {
        const first = list.items[0];
        if (first === undefined)
          return (
            <ButtonLink to="/transfers" search={{ new: "1" }}>
              New transfer
            </ButtonLink>
          );
        const [from, to] = first.ends;
        return (
          <Stack gap="lg">
            <section className={classes.hero} aria-labelledby="first-template">
              <Stack gap="sm" align="flex-start">
                <Title order={2} size="h2" fz={26} id="first-template">
                  Work order to invoice
                </Title>
                <Text fz="lg">{first.summary}</Text>
                <Group gap={8} wrap="nowrap" align="flex-start">
                  <FlaskConical size={18} aria-hidden style={{ flex: "none", marginTop: 3 }} />
                  <Text c="dimmed">
                    Runs on built-in sandboxes, no accounts needed. You see every record before anything is
                    written.
                  </Text>
                </Group>
                <ButtonLink
                  size="md"
                  mt="xs"
                  to="/templates/$id"
                  params={{ id: first.id }}
                  rightSection={<ArrowRight size={18} aria-hidden />}
                >
                  Use this template
                </ButtonLink>
              </Stack>
              <div className={classes.picture}>
                <EndPicture label={from?.label ?? ""} objects={from?.objects ?? []} icon={Cloud} />
                <svg className={classes.wire} viewBox="0 0 56 90" aria-hidden>
                  <g fill="none" stroke="currentColor" strokeWidth="1.8">
                    <path d="M2 22C28 22 28 36 54 36" />
                    <path d="M2 46C28 46 28 52 54 52" />
                    <path d="M2 70C28 70 28 36 54 36" strokeDasharray="4 3" />
                  </g>
                </svg>
                <EndPicture label={to?.label ?? ""} objects={to?.objects ?? []} icon={Building2} />
              </div>
            </section>
            <ol className={classes.steps}>
              {steps.map(([title, words]) => (
                <li key={title}>
                  <Text fw={600}>{title}</Text>
                  <Text size="sm" c="dimmed">
                    {words}
                  </Text>
                </li>
              ))}
            </ol>
            <Text c="dimmed">
              Other ways to start: <TextLink to="/templates">all templates</TextLink>,{" "}
              <TextLink to="/transfers" search={{ new: "1" }}>
                a transfer from scratch
              </TextLink>{" "}
              or <TextLink to="/connections">a look at the connections</TextLink>.
            </Text>
          </Stack>
        );
      }}
    </Loaded>
  );
}
