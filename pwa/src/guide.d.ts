/** docs/huong-dan as typed data, part by part, made by build/guide.ts. */
declare module 'virtual:guide/*' {
  type GuidePart = import('../build/guide.ts').GuidePart
  export type Block = import('../build/guide.ts').Block
  export type GuidePage = import('../build/guide.ts').GuidePage
  export type Inline = import('../build/guide.ts').Inline
  export const contents: GuidePart['contents']
  export const pages: GuidePart['pages']
  export const pictures: GuidePart['pictures']
}
