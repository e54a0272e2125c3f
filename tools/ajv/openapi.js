// node openapi.js MODULES FILE…  lets a validator of OpenAPI judge what describes the service's API.
//
// MODULES is the folder into which npm has installed the validator.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const [modules, ...files] = process.argv.slice(2);
const judge = path.join(modules, 'node_modules', '@seriousme', 'openapi-schema-validator', 'index.js');

(async () => {
  const { Validator } = await import(pathToFileURL(path.resolve(judge)));
  for (const file of files) {
    const validator = new Validator();
    const document = JSON.parse(fs.readFileSync(file, 'utf8'));
    const result = await validator.validate(document);
    if (!result.valid) console.error(JSON.stringify(result.errors, null, 2));
    // It has to see what is wrong, too.
    const wrong = structuredClone(document);
    wrong.paths['/api/v1/settings'].get.responses = 7;
    const sees = !(await new Validator().validate(wrong)).valid;
    if (!sees) console.error('openapi: a broken description passes');
    console.log(`openapi: version ${validator.version}, ${result.valid ? 'valid' : 'NOT VALID'}`);
    if (!(result.valid && sees && validator.version === '3.1')) process.exitCode = 1;
  }
})();
