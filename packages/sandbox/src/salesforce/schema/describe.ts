// The describe answers: everything a client is told about an object and its fields.
import type { Field } from "./field.ts";
import type { SObject } from "./schema.ts";

const SOAP_TYPES: Partial<Record<Field["type"], string>> = {
  id: "tns:ID",
  reference: "tns:ID",
  boolean: "xsd:boolean",
  int: "xsd:int",
  double: "xsd:double",
  currency: "xsd:double",
  percent: "xsd:double",
  date: "xsd:date",
  datetime: "xsd:dateTime",
  address: "urn:address",
};

function describeField(each: Field): object {
  const isNumeric = ["double", "currency", "percent"].includes(each.type);
  return {
    aggregatable: !["boolean", "address", "textarea"].includes(each.type),
    aiPredictionField: false,
    autoNumber: each.autoNumber,
    byteLength: each.length * (each.type === "id" || each.type === "reference" ? 1 : 3),
    calculated: each.calculated && !each.autoNumber,
    calculatedFormula: null,
    cascadeDelete: each.masterDetail,
    caseSensitive: false,
    compoundFieldName: each.type === "address" ? null : each.compound,
    controllerName: null,
    createable: each.createable,
    custom: each.custom,
    defaultValue: each.type === "boolean" ? each.defaultValue : null,
    defaultValueFormula: null,
    defaultedOnCreate: each.defaulted,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: each.type === "int" ? each.precision : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: each.externalId,
    extraTypeInfo: each.type === "textarea" ? "plaintextarea" : null,
    filterable: each.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: each.filterable && !isNumeric && each.type !== "datetime",
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: each.idLookup,
    inlineHelpText: null,
    label: each.label,
    length: each.length,
    mask: null,
    maskType: null,
    name: each.name,
    nameField: each.nameField,
    namePointing: false,
    nillable: isNillable(each),
    permissionable: each.custom || (each.createable && !each.required),
    picklistValues: each.picklist.map((value) => ({
      active: true,
      defaultValue: value === each.defaultValue,
      label: value,
      validFor: null,
      value,
    })),
    polymorphicForeignKey: false,
    precision: isNumeric ? each.precision : 0,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: each.referenceTo === null ? [] : [each.referenceTo],
    relationshipName: each.relationshipName,
    relationshipOrder: each.masterDetail ? 0 : null,
    restrictedDelete: each.restrictedDelete,
    restrictedPicklist: each.restricted,
    scale: isNumeric ? each.scale : 0,
    searchPrefilterable: each.type === "reference",
    soapType: SOAP_TYPES[each.type] ?? "xsd:string",
    sortable: each.sortable,
    type: each.type,
    unique: each.externalId,
    updateable: each.updateable,
    writeRequiresMasterRead: false,
  };
}

const NEVER_NULL = ["Id", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById"];

function isNillable(each: Field): boolean {
  if (each.required || each.autoNumber || each.type === "boolean") return false;
  return !NEVER_NULL.includes(each.name) && each.name !== "SystemModstamp" && each.name !== "OwnerId";
}

function describeFlags(object: SObject): object {
  const isWritable = !object.readOnly;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: isWritable,
    custom: false,
    customSetting: false,
    deepCloneable: false,
    deletable: isWritable,
    deprecatedAndHidden: false,
    feedEnabled: isWritable,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: isWritable,
    mergeable: object.name === "Account" || object.name === "Contact",
    mruEnabled: isWritable,
    name: object.name,
    queryable: true,
    replicateable: isWritable,
    retrieveable: true,
    searchable: isWritable,
    triggerable: isWritable,
    undeletable: isWritable,
    updateable: isWritable,
  };
}

function urls(object: SObject, version: string): Record<string, string> {
  const base = `/services/data/${version}/sobjects/${object.name}`;
  return { rowTemplate: `${base}/{ID}`, describe: `${base}/describe`, sobject: base };
}

/** One entry of the list of all objects. */
export function describeBriefly(object: SObject, version: string): object {
  return { ...describeFlags(object), urls: urls(object, version) };
}

/** The whole description of one object. */
export function describeObject(object: SObject, version: string): object {
  return {
    actionOverrides: [],
    ...describeFlags(object),
    childRelationships: object.children.map((child) => ({
      cascadeDelete: child.field.masterDetail,
      childSObject: child.object,
      deprecatedAndHidden: false,
      field: child.field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: child.name,
      restrictedDelete: child.field.restrictedDelete,
    })),
    compactLayoutable: !object.readOnly,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: object.fields.map(describeField),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: [
      {
        active: true,
        available: true,
        defaultRecordTypeMapping: true,
        developerName: "Master",
        master: true,
        name: "Master",
        recordTypeId: "012000000000000AAA",
        urls: {
          layout: `/services/data/${version}/sobjects/${object.name}/describe/layouts/012000000000000AAA`,
        },
      },
    ],
    searchLayoutable: !object.readOnly,
    sobjectDescribeOption: "FULL",
    supportedScopes: [{ label: "All", name: "everything" }],
    urls: urls(object, version),
  };
}
