// node judge.js MODULES SCHEMAS OUTPUTS [--all [NAME…]]  lets Ajv, in its strict mode, judge the schemas of
// zboot, and by them what zboot has printed.
//
// MODULES is the folder into which npm has installed Ajv, SCHEMAS one with NAME.schema.json for each,
// OUTPUTS one with a folder NAME for each schema and in it what was printed. With --all there has to
// be at least one output for every schema that describes one, but for these names.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const [modules, schemaFolder, outputs, all, ...leftOut] = process.argv.slice(2);
const installed = (name) => require(require.resolve(name, { paths: [modules] }));
const Ajv = installed('ajv/dist/2020').default;
const addFormats = installed('ajv-formats').default;
const EXTENSION = '.schema.json';
const NO_OUTPUT = ['common', 'profile', ...leftOut];

const faults = [];
const schemas = new Map();
for (const file of fs.readdirSync(schemaFolder).sort()) {
  if (file.endsWith(EXTENSION)) {
    const text = fs.readFileSync(path.join(schemaFolder, file), 'utf8');
    schemas.set(file.slice(0, -EXTENSION.length), JSON.parse(text));
  }
}

// strict: true alone only logs some of what it finds, and leaves out strictRequired.
const STRICT = {
  strict: true, strictTypes: true, strictTuples: true, strictRequired: true, allErrors: true,
  allowUnionTypes: false, validateFormats: true,
};
const ajv = new Ajv(STRICT);
addFormats(ajv);
for (const [name, schema] of schemas) {
  const id = `https://zboot.invalid/json/${name}${EXTENSION}`;
  if (schema.$id !== id) faults.push(`${name}: $id is ${schema.$id}, not ${id}`);
  if (schema.$schema !== 'https://json-schema.org/draft/2020-12/schema') faults.push(`${name}: $schema`);
  if (!ajv.validateSchema(schema)) faults.push(`${name}: ${ajv.errorsText()}`);
  if (name !== 'profile' && isClosed(schema)) faults.push(`${name}: refuses fields to come`);
  try {
    ajv.addSchema(schema);
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
  }
}

/** Whether some schema in it refuses fields that it does not name. */
function isClosed(value) {
  if (value === null || typeof value !== 'object') return false;
  return value.additionalProperties === false || value.unevaluatedProperties === false
    || Object.values(value).some(isClosed);
}

/** A copy with a field more in every object that is no map from names of ours to values. */
function extended(value) {
  if (Array.isArray(value)) return value.map(extended);
  if (value === null || typeof value !== 'object') return value;
  const copy = {};
  for (const [key, inner] of Object.entries(value)) {
    copy[key] = MAPS.has(key) ? inner : extended(inner);
  }
  copy.fieldToCome = { of: ['a', 'later', 'zboot'] };
  return copy;
}
const MAPS = new Set(['bmc', 'settings', 'values', 'variables']);

let judged = 0;
for (const name of schemas.keys()) {
  let validate;
  try {
    validate = ajv.getSchema(`https://zboot.invalid/json/${name}${EXTENSION}`);
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
    continue;
  }
  const folder = path.join(outputs, name);
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  if (all && files.length === 0 && !NO_OUTPUT.includes(name)) faults.push(`${name}: no test printed one`);
  for (const file of files) {
    const output = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
    judged++;
    if (!validate(output)) faults.push(`${name}/${file}: ${ajv.errorsText(validate.errors)}`);
    if (!validate(extended(output))) {
      faults.push(`${name}/${file}, with fields to come: ${ajv.errorsText(validate.errors)}`);
    }
    if ('format' in output && validate({ ...output, format: 'another' })) faults.push(`${name}/${file}: takes another format`);
  }
}

for (const fault of faults) console.error(fault);
console.log(`ajv: ${schemas.size} schemas, ${judged} outputs, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
