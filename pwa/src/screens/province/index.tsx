export const Province = () => null
