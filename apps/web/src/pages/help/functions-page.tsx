/** The function reference: every function of the formula language, searched, grouped and each under its own address. */
import { Button, Text, TextInput } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { EmptyState, Page, Panel, TextLink, useSingleKeys } from "../../kit/index.ts";
import { countOf } from "../../format/number.ts";
import { findFunction, findFunctions } from "./find-functions.ts";
import { FunctionEntry } from "./function-entry.tsx";
import { FunctionList } from "./function-list.tsx";
import { LibraryFormulas } from "./library-formulas.tsx";
import { LanguageNotes } from "./language-notes.tsx";
import classes from "./help.module.css";

const route = getRouteApi("/help/functions");

/** Scrolls the list, and not the page, until the chosen function is in sight. */
function showCurrent(list: HTMLElement): void {
  const item = list.querySelector("[aria-current]");
  if (item === null) return;
  const [box, frame] = [item.getBoundingClientRect(), list.getBoundingClientRect()];
  const isSeen = box.top >= frame.top && box.bottom <= Math.min(frame.bottom, window.innerHeight);
  if (!isSeen) list.scrollTop += box.top - frame.top - list.clientHeight / 3;
}

export function FunctionsPage() {
  const { f, q = "" } = route.useSearch();
  const navigate = useNavigate({ from: "/help/functions" });
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const entry = useRef<HTMLDivElement>(null);
  const shown = useRef(f);
  const doc = f === undefined ? undefined : findFunction(f);
  const found = findFunctions(q);
  const setSearch = (text: string): void =>
    void navigate({ search: { ...(f === undefined ? {} : { f }), q: text }, replace: true });
  useSingleKeys({ "/": () => input.current?.focus() });
  useEffect(() => {
    if (list.current) showCurrent(list.current);
    if (shown.current !== f) entry.current?.querySelector("h2")?.focus();
    shown.current = f;
  }, [f]);

  const onSearchKey = (event: KeyboardEvent): void => {
    const [first] = found;
    if (event.key === "Enter" && first !== undefined)
      void navigate({ search: { f: first.name, ...(q === "" ? {} : { q }) } });
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>("[data-row]")?.focus();
  };

  return (
    <Page
      title="Formula functions"
      tabTitle={doc ? `${doc.name} · Formula functions` : "Formula functions"}
      description="Formulas read like Excel. Every example below is computed by the code that runs your transfers."
    >
      <div className={classes.columns} data-open={f === undefined ? undefined : true}>
        <div className={classes.side}>
          <TextInput
            ref={input}
            type="search"
            label="Find a function"
            description="By name, by what it does, or by its name in Excel"
            leftSection={<Search size={16} aria-hidden />}
            value={q}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={onSearchKey}
          />
          <Text size="xs" c="dimmed" component="output" className={classes.count}>
            {q === "" ? countOf(found.length, "function") : `${countOf(found.length, "function")} found`}
          </Text>
          <div ref={list} className={classes.scroll}>
            {found.length === 0 ? (
              <EmptyState
                title="No function found"
                icon={Search}
                action={
                  <Button
                    variant="default"
                    onClick={() => {
                      setSearch("");
                      input.current?.focus();
                    }}
                  >
                    Show all functions
                  </Button>
                }
              >
                Nothing is called “{q}” or does that. Try one word of what you want to do, such as “round” or
                “date”.
              </EmptyState>
            ) : (
              <FunctionList functions={found} search={q} current={doc?.name} />
            )}
            <LibraryFormulas search={q} />
          </div>
        </div>
        <div ref={entry} className={classes.entry}>
          {f === undefined ? null : (
            <div className={classes.back}>
              <TextLink to="/help/functions" search={q === "" ? {} : { q }}>
                All functions
              </TextLink>
            </div>
          )}
          <Panel>
            {doc ? (
              <FunctionEntry doc={doc} />
            ) : f === undefined ? (
              <LanguageNotes />
            ) : (
              <EmptyState title={`There is no function ${f}`}>
                Search for it: functions are also found by the name they have in Excel.
              </EmptyState>
            )}
          </Panel>
        </div>
      </div>
    </Page>
  );
}
