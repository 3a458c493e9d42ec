import type { Book, BookFilter } from './types.ts'
export function open_book(_filter: BookFilter = {}): Book {
  throw new Error('not built yet')
}
