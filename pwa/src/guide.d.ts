/** docs/huong-dan as typed data, made by build/guide.ts. */
declare module 'virtual:guide' {
  type Guide = import('../build/guide.ts').Guide
  export const contents: Guide['contents']
  export const pages: Guide['pages']
  export const pictures: Guide['pictures']
}
