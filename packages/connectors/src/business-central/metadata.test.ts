/** The entity model is read from any server's metadata, with or without the annotations of newer ones. */
import { describe, expect, test } from "vitest";
import { decodeChoice, encodeChoice } from "./choice-names.ts";
import { parseMetadata } from "./metadata.ts";
import { parseXml } from "./parse-xml.ts";
import { toObjectSchema, toObjectSummaries } from "./to-object-schema.ts";

const document = `<?xml version="1.0" encoding="utf-8"?>
<!-- <EntitySet Name="ghosts" EntityType="X.ghost"/> -->
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="Microsoft.NAV" xmlns="http://docs.oasis-open.org/odata/ns/edm">
 <EnumType Name="itemType"><Member Name="Inventory" Value="0"/><Member Name="Non_x002D_Inventory" Value="1"/><Member Name="_x0020_" Value="2"/></EnumType>
 <ComplexType Name="address"><Property Name="street" Type="Edm.String"/></ComplexType>
 <EntityType Name="item"><Key><PropertyRef Name="id"/></Key>
  <Property Name="id" Type="Edm.Guid" Nullable="false"/>
  <Property Name="number" Type="Edm.String" MaxLength="20"/>
  <Property Name='displayName' Type='Edm.String' MaxLength='100'><Annotation Term="NAV.LabelId" String="a &lt; b &amp; &#228;"/></Property>
  <Property Name="type" Type="Microsoft.NAV.itemType"/>
  <Property Name="unitPrice" Type="Edm.Decimal" Precision="18" Scale="5"/>
  <Property Name="count" Type="Edm.Int32"/>
  <Property Name="place" Type="Microsoft.NAV.address"/>
  <Property Name="picture" Type="Edm.Stream"/>
  <Property Name="inventory" Type="Edm.Decimal" Scale="Variable"/>
  <Property Name="lastModifiedDateTime" Type="Edm.DateTimeOffset"/>
  <Property Name="itemCategoryId" Type="Edm.Guid"/>
  <NavigationProperty Name="itemCategory" Type="Microsoft.NAV.itemCategory"/>
  <NavigationProperty Name="itemLines" Type="Collection(Microsoft.NAV.itemLine)" ContainsTarget="true"/>
  <NavigationProperty Name="nowhere" Type="Microsoft.NAV.nowhere"/>
 </EntityType>
 <EntityType Name="itemCategory"><Property Name="id" Type="Edm.Guid"/><Property Name="code" Type="Edm.String"/></EntityType>
 <EntityType Name="itemLine"><Property Name="id" Type="Edm.Guid"/></EntityType>
 <EntityContainer Name="NAV">
  <EntitySet Name="items" EntityType="Microsoft.NAV.item"/>
  <EntitySet Name="itemCategories" EntityType="Microsoft.NAV.itemCategory"/>
  <EntitySet Name="itemLines" EntityType="Microsoft.NAV.itemLine"><Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions"><Record><PropertyValue Property="Insertable" Bool="false"/></Record></Annotation></EntitySet>
  <EntitySet Name="companies" EntityType="Microsoft.NAV.itemLine"/>
 </EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`;

const model = parseMetadata(document);

function schemaOf(name: string) {
  const set = model.sets.get(name);
  if (set === undefined) throw new Error(`no ${name}`);
  return toObjectSchema(set, model);
}

test("types, lengths, digits and choices come from the document", () => {
  const items = schemaOf("items");
  const field = (name: string) => items.fields.find((each) => each.name === name);
  expect(items).toMatchObject({
    keyField: "id",
    nameField: "number",
    stampField: "lastModifiedDateTime",
    creatable: true,
  });
  expect(field("number")).toMatchObject({ type: "text", length: 20, unique: true, label: "Number" });
  expect(field("displayName")).toMatchObject({ length: 100, required: true, label: "Display Name" });
  expect(field("type")).toMatchObject({
    type: "choice",
    restricted: true,
    choices: [
      { code: "Inventory", label: "Inventory" },
      { code: "Non-Inventory", label: "Non-Inventory" },
    ],
  });
  expect(field("unitPrice")).toMatchObject({ type: "number", precision: 18, scale: 5 });
  expect(field("count")).toMatchObject({ type: "number", scale: 0 });
  expect(field("place")).toMatchObject({ type: "json", filterable: false });
  expect(field("picture")).toMatchObject({ type: "binary", creatable: false });
  expect(field("inventory")).toMatchObject({ creatable: false, updatable: false });
  expect(field("lastModifiedDateTime")).toMatchObject({ creatable: false, updatable: false });
  expect(field("itemCategoryId")).toMatchObject({ refersTo: "itemCategories" });
});

test("relations lead to sets; lines that cannot be inserted are not writable", () => {
  expect(schemaOf("items").relations).toEqual([
    {
      name: "itemCategory",
      label: "Item Category",
      kind: "one",
      object: "itemCategories",
      keyField: "itemCategoryId",
      writable: false,
    },
    { name: "itemLines", label: "Item Lines", kind: "many", object: "itemLines", writable: false },
  ]);
});

test("only business records are offered, and comments are no elements", () => {
  expect(toObjectSummaries(model).map((each) => each.name)).toEqual(["items", "itemCategories", "itemLines"]);
});

describe("documents that are none", () => {
  test.each([
    "",
    "<html><body>Sign in</body></html>",
    "<a><b></a>",
    "<a>",
    "</a>",
    '<!DOCTYPE x [<!ENTITY e "1">]><a/>',
  ])("%j is refused", (text) => expect(() => parseMetadata(text)).toThrow(SyntaxError));

  test("a long run of attributes takes no long time", () => {
    const text = `<a ${'b="c" '.repeat(20_000)}`;
    const startedAt = performance.now();
    expect(() => parseXml(text)).toThrow(SyntaxError);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

test.each([
  ["Non_x002D_Inventory", "Non-Inventory"],
  ["In_x0020_Review", "In Review"],
  ["Draft", "Draft"],
  ["_x0031_st_x0020_class", "1st class"],
  ["a_b", "a_b"],
])("the member %s is shown as %s and written back the same", (member, code) => {
  expect(decodeChoice(member)).toBe(code);
  expect(encodeChoice(code)).toBe(member);
});

test("the blank member is blank", () => {
  expect(decodeChoice("_x0020_")).toBe("");
  expect(encodeChoice("")).toBe("_x0020_");
});
