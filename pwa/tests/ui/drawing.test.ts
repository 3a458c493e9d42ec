import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { drawing_of } from '../../src/ui/drawing.ts'

const SPRITE = readFileSync(resolve(import.meta.dirname, '../../src/ui/goods.svg'), 'utf8')

test.each([
  ['Mật ong bạc hà', 'honey'],
  ['Chè shan tuyết', 'tea'],
  ['THẢO QUẢ khô', 'cardamom'],
  ['Thịt lợn treo gác bếp', 'pork'],
  ['Thịt trâu gác bếp', 'buffalo'],
  ['Vải thổ cẩm', 'brocade'],
  ['Gạo nếp nương', 'rice'],
  ['Ngô tẻ', 'corn'],
  ['Bắp cải', 'vegetable'],
  ['Cà chua', 'vegetable'],
  ['Gà đồi', 'chicken'],
  ['Trứng gà', 'egg'],
  ['Nấm hương', 'mushroom'],
  ['Măng khô', 'bamboo'],
  ['Tam thất', 'root'],
  ['Đương quy', 'root'],
  ['Mận Tam Hoa', 'plum'],
  ['mat ong', 'honey'],
])('%s is drawn as %s, with or without diacritics', (name, drawing) => {
  expect(drawing_of(name)).toBe(drawing)
  expect(SPRITE).toContain(`<symbol id="${drawing}"`)
})

test.each(['Cà phê', 'Khèn Mông', '', 'Garage', '🐝'])('%s has no drawing: it keeps its brocade', (name) => {
  expect(drawing_of(name)).toBe(null)
})
