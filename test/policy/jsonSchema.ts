type Schema = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a value by a JSON Schema; empty when it is valid. Knows the keywords that our schema uses, and throws
 * on any other, so that none can be forgotten.
 */
export function schemaFaults(schema: Schema, value: unknown, root: Schema = schema, at = ''): readonly string[] {
  const faults: string[] = [];
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  for (const [keyword, rule] of Object.entries(schema)) {
    switch (keyword) {
      case 'type': {
        const fits =
          rule === 'array'
            ? Array.isArray(value)
            : rule === 'object'
              ? isObject
              : rule === 'integer'
                ? Number.isInteger(value)
                : typeof value === rule;
        if (!fits) return [`${at} is no ${String(rule)}`];
        break;
      }
      case 'enum':
        if (!(rule as readonly unknown[]).includes(value)) faults.push(`${at} is not in the list`);
        break;
      case 'const':
        if (rule !== value) faults.push(`${at} is not ${String(rule)}`);
        break;
      case 'pattern':
        if (typeof value === 'string' && !new RegExp(rule as string, 'u').test(value))
          faults.push(`${at} does not match`);
        break;
      case 'minLength':
        if (typeof value === 'string' && value.length < (rule as number)) faults.push(`${at} is too short`);
        break;
      case 'minimum':
        if (typeof value === 'number' && value < (rule as number)) faults.push(`${at} is too small`);
        break;
      case 'minItems':
        if (Array.isArray(value) && value.length < (rule as number)) faults.push(`${at} has too few`);
        break;
      case 'items':
        if (Array.isArray(value))
          value.forEach((item, index) => faults.push(...schemaFaults(rule as Schema, item, root, `${at}/${index}`)));
        break;
      case 'properties':
        if (isObject) {
          for (const [key, inner] of Object.entries(rule as Readonly<Record<string, Schema>>)) {
            const content = (value as Readonly<Record<string, unknown>>)[key];
            if (content !== undefined) faults.push(...schemaFaults(inner, content, root, `${at}/${key}`));
          }
        }
        break;
      case 'additionalProperties':
        if (isObject && rule !== true) {
          for (const [key, content] of Object.entries(value)) {
            if (Object.hasOwn(schema['properties'] ?? {}, key)) continue;
            faults.push(
              ...(rule === false
                ? [`${at}/${key} is unknown`]
                : schemaFaults(rule as Schema, content, root, `${at}/${key}`)),
            );
          }
        }
        break;
      case 'propertyNames':
        if (isObject)
          for (const key of Object.keys(value)) faults.push(...schemaFaults(rule as Schema, key, root, `${at}/${key}`));
        break;
      case 'required':
        if (isObject)
          for (const key of rule as readonly string[])
            if (!Object.hasOwn(value, key)) faults.push(`${at}/${key} is missing`);
        break;
      case 'anyOf':
        if ((rule as readonly Schema[]).every((inner) => schemaFaults(inner, value, root, at).length > 0))
          faults.push(`${at} fits none`);
        break;
      case 'allOf':
        for (const inner of rule as readonly Schema[]) faults.push(...schemaFaults(inner, value, root, at));
        break;
      case '$ref': {
        const name = (rule as string).replace('#/definitions/', '');
        const target = (root['definitions'] as Readonly<Record<string, Schema>>)[name];
        if (target === undefined) throw new Error(`There is no definition ${name}.`);
        faults.push(...schemaFaults(target, value, root, at));
        break;
      }
      case '$schema':
      case 'title':
      case 'description':
      case 'markdownDescription':
      case 'default':
      case 'examples':
      case 'definitions':
        break;
      default:
        throw new Error(`This test does not know the keyword ${keyword}.`);
    }
  }
  return faults;
}
