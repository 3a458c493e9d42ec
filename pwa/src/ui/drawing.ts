import { fold } from './fold.ts'

/** Which drawing of `goods.svg` stands for which words of a name, folded. The first that fits: "bắp cải" is no maize. */
const DRAWINGS = `honey:mat ong,sap ong
cardamom:thao qua
vegetable:bap cai,ca chua,ca tim,rau,cai,su su,dua chuot,bi do,bi xanh
plum:man,dao,dau tay,mo
root:tam that,duong quy,sam,ha thu o,gung,nghe,hoang tinh,dinh lang,ba kich,thuoc
brocade:tho cam,lanh,vay,khan,tui,vai,ao
buffalo:thit trau,trau,thit bo,bo kho,bo vang
egg:trung
pork:lon,lap suon,lap xuong,xuc xich
chicken:ga
duck:vit,ngan,ngong
fish:ca hoi,ca tam,ca chep,ca kho,ca suoi,ca
mushroom:nam,moc nhi
bamboo:mang
tea:che,tra
rice:gao,thoc,nep,com
corn:ngo,bap,men men
potato:khoai,san,cu
pear:le,tao,hong
orange:cam,quyt,buoi,chanh
banana:chuoi
bean:dau,lac
chili:ot
wine:ruou
basket:gui,ro,may tre,chieu,gio`
  .split('\n')
  .map((line) => line.split(/[:,]/) as [string, ...string[]])

/** The drawing of these goods, null when none fits. */
export function drawing_of(name: string): string | null {
  const words = ` ${fold(name).replace(/[^a-z]+/g, ' ')} `
  const fits = ([, ...keys]: string[]) => keys.some((key) => words.includes(` ${key} `))
  return words.includes(' ca phe ') ? null : (DRAWINGS.find(fits)?.[0] ?? null)
}
