/** docs/huong-dan as typed data, made by build/guide.ts. */
declare module 'virtual:guide' {
  type Guide = import('../build/guide.ts').Guide
  export type Block = import('../build/guide.ts').Block
  export type GuidePage = import('../build/guide.ts').GuidePage
  export type Inline = import('../build/guide.ts').Inline
  export const contents: Guide['contents']
  export const pages: Guide['pages']
  export const pictures: Guide['pictures']
}
