export const Office = () => null
