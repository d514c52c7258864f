/** The identifiers by which record stores and badges know a course: its `activity`, and those it had before. */
export function activitiesOf(course: {
  readonly activity?: string | undefined;
  readonly formerly: readonly string[];
}): readonly string[] {
  const former = course.formerly.filter((name) => /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(name));
  return course.activity === undefined ? former : [course.activity, ...former];
}
