/** Everything there is to know of one function: signature, values, blanks, examples, and how Excel differs. */
import { Code, Group, Stack, Table, Text, Title } from "@mantine/core";
import {
  describeParam,
  formulaIssueCodes,
  type FunctionDoc,
  otherNames,
  showSignature,
} from "@fieldbridge/formula";
import { Banner, CopyButton, FormulaText } from "../../kit/index.ts";
import { TryFormula } from "./try-formula.tsx";
import classes from "./help.module.css";

const notInExcel = "Not in Excel.";

/** What an error code in a result means, in words. */
function wordsOf(result: string): string | null {
  const code = Object.entries(formulaIssueCodes).find(([each]) => result.endsWith(` ${each}`));
  return code ? code[1].title : null;
}

function Values({ doc }: { doc: FunctionDoc }) {
  if (doc.params.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        Values
      </Title>
      <Table verticalSpacing={6} aria-label={`Values of ${doc.name}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Value</Table.Th>
            <Table.Th scope="col">Type</Table.Th>
            <Table.Th scope="col">Notes</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {doc.params.map((param) => {
            const { type, notes } = describeParam(param);
            return (
              <Table.Tr key={param.name}>
                <Table.Td className="fb-mono">{param.name}</Table.Td>
                <Table.Td>{type}</Table.Td>
                <Table.Td>
                  {notes.join(", ")}
                  {param.words ? (
                    <>
                      {notes.length > 0 ? "; " : ""}
                      one of{" "}
                      {param.words.map((word, index) => (
                        <span key={word}>
                          {index > 0 ? ", " : ""}
                          <Code>{word}</Code>
                        </span>
                      ))}
                    </>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Examples({ doc }: { doc: FunctionDoc }) {
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        Examples
      </Title>
      <Table verticalSpacing={6} aria-label={`Examples of ${doc.name}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Formula</Table.Th>
            <Table.Th scope="col">Result</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {doc.examples.map(({ formula, result }) => (
            <Table.Tr key={formula}>
              <Table.Td>
                <FormulaText formula={formula} />
              </Table.Td>
              <Table.Td className={`fb-mono ${classes.result}`}>
                {result}
                {wordsOf(result) === null ? null : (
                  <Text size="xs" c="dimmed">
                    {wordsOf(result)}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

export function FunctionEntry({ doc }: { doc: FunctionDoc }) {
  const others = otherNames[doc.name];
  return (
    <Stack gap="md">
      <div>
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={2} size="h3" tabIndex={-1} className={classes.name}>
            {doc.name}
          </Title>
          <CopyButton text={`${window.location.origin}/help/functions?f=${doc.name}`} label="Copy link" />
        </Group>
        <Text c="dimmed" size="sm">
          {doc.group}
          {others ? ` · elsewhere: ${others.join(", ")}` : ""}
        </Text>
      </div>
      <div className={classes.signature}>
        <span className="fb-mono">{showSignature(doc)}</span>
        <Text span size="sm" c="dimmed">
          gives {doc.result}
        </Text>
      </div>
      <Text>{doc.summary}</Text>
      <Values doc={doc} />
      <section>
        <Title order={3} size="h5" mb={4}>
          Blank
        </Title>
        <Text size="sm">{doc.blank}</Text>
      </section>
      {doc.excel === undefined ? null : (
        <Banner kind="info" title={doc.excel === notInExcel ? "Not in Excel" : "Differs from Excel"}>
          {doc.excel === notInExcel ? undefined : <Text size="sm">{doc.excel}</Text>}
        </Banner>
      )}
      <Examples doc={doc} />
      <TryFormula key={doc.name} formula={doc.examples[0]?.formula ?? ""} />
    </Stack>
  );
}
