import type { SourceText } from './CopyMatch.js';

/**
 * Code that everybody writes the same way and nobody copies: what compilers put in, what editors and generators write,
 * what a language leaves no choice about. All of it was written for this list; what occurs here is no evidence.
 */
export const boilerplate: readonly SourceText[] = [
  {
    path: 'compiled.js',
    text: `"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) { if (k2 === undefined) k2 = k; o[k2] = m[k]; }));
var __exportStar = (this && this.__exportStar) || function(m, exports) {
    for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
};
var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; };
var __extends = (this && this.__extends) || (function () {
    var extendStatics = function (d, b) {
        extendStatics = Object.setPrototypeOf || ({ __proto__: [] } instanceof Array && function (d, b) { d.__proto__ = b; }) ||
            function (d, b) { for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p]; };
        return extendStatics(d, b);
    };
    return function (d, b) { extendStatics(d, b); function __() { this.constructor = d; }
        d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __()); };
})();
var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.default = void 0;
function _interopRequireDefault(obj) { return obj && obj.__esModule ? obj : { default: obj }; }
function _classCallCheck(instance, Constructor) { if (!(instance instanceof Constructor)) { throw new TypeError("Cannot call a class as a function"); } }
function _defineProperties(target, props) { for (var i = 0; i < props.length; i++) { var descriptor = props[i];
  descriptor.enumerable = descriptor.enumerable || false; descriptor.configurable = true;
  if ("value" in descriptor) descriptor.writable = true; Object.defineProperty(target, descriptor.key, descriptor); } }
function _extends() { _extends = Object.assign || function (target) { for (var i = 1; i < arguments.length; i++) {
  var source = arguments[i]; for (var key in source) { if (Object.prototype.hasOwnProperty.call(source, key)) { target[key] = source[key]; } } } return target; };
  return _extends.apply(this, arguments); }
function ownKeys(object, enumerableOnly) { var keys = Object.keys(object); if (Object.getOwnPropertySymbols) {
  var symbols = Object.getOwnPropertySymbols(object); if (enumerableOnly) symbols = symbols.filter(function (sym) {
  return Object.getOwnPropertyDescriptor(object, sym).enumerable; }); keys.push.apply(keys, symbols); } return keys; }`,
  },
  {
    path: 'head.js',
    text: `"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.first = first;
const first_1 = __importDefault(require("./first"));
const second_1 = __importDefault(require("./second"));
const third_1 = require("./third");
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.second = exports.first = void 0;
const first_2 = require("./first");
const second_2 = __importDefault(require("./second"));`,
  },
  {
    path: 'enum.js',
    text: `var Kind;
(function (Kind) {
    Kind[Kind["First"] = 0] = "First";
    Kind[Kind["Second"] = 1] = "Second";
    Kind[Kind["Third"] = 2] = "Third";
    Kind[Kind["Fourth"] = 3] = "Fourth";
    Kind[Kind["Fifth"] = 4] = "Fifth";
    Kind[Kind["Sixth"] = 5] = "Sixth";
})(Kind || (exports.Kind = Kind = {}));
export var Named;
(function (Named) {
    Named["First"] = "first";
    Named["Second"] = "second";
    Named["Third"] = "third";
    Named["Fourth"] = "fourth";
    Named["Fifth"] = "fifth";
    Named["Sixth"] = "sixth";
})(Named || (Named = {}));
(function (global, factory) {
  typeof exports === 'object' && typeof module !== 'undefined' ? factory(exports) :
  typeof define === 'function' && define.amd ? define(['exports'], factory) :
  (global = typeof globalThis !== 'undefined' ? globalThis : global || self, factory(global.name = {}));
})(this, (function (exports) { 'use strict';`,
  },
  {
    path: 'Bean.java',
    text: `@Override
public boolean equals(Object o) {
    if (this == o) return true;
    if (o == null || getClass() != o.getClass()) return false;
    Bean that = (Bean) o;
    return Objects.equals(name, that.name) && Objects.equals(size, that.size) && Objects.equals(kind, that.kind);
}
@Override
public int hashCode() {
    final int prime = 31;
    int result = 1;
    result = prime * result + ((name == null) ? 0 : name.hashCode());
    result = prime * result + ((size == null) ? 0 : size.hashCode());
    result = prime * result + ((kind == null) ? 0 : kind.hashCode());
    return result;
}
@Override
public int hashCode() { return Objects.hash(name, size, kind, place); }
@Override
public String toString() {
    return "Bean{" + "name='" + name + '\\'' + ", size=" + size + ", kind=" + kind + ", place='" + place + '\\'' + '}';
}
public String getName() { return name; }
public void setName(String name) { this.name = name; }
public String getKind() { return kind; }
public void setKind(String kind) { this.kind = kind; }
public int getSize() { return size; }
public void setSize(int size) { this.size = size; }
public boolean isOpen() { return open; }
public void setOpen(boolean open) { this.open = open; }
public static final Parcelable.Creator<Bean> CREATOR = new Parcelable.Creator<Bean>() {
    @Override
    public Bean createFromParcel(Parcel in) { return new Bean(in); }
    @Override
    public Bean[] newArray(int size) { return new Bean[size]; }
};
@Override
public int describeContents() { return 0; }
private static Bean instance;
public static synchronized Bean getInstance() { if (instance == null) { instance = new Bean(); } return instance; }`,
  },
  {
    path: 'Model.cs',
    text: `public event PropertyChangedEventHandler PropertyChanged;
protected virtual void OnPropertyChanged([CallerMemberName] string propertyName = null)
{
    PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(propertyName));
}
public int Id { get; set; }
public string Name { get; set; }
public string Title { get; set; }
public bool IsOpen { get; set; }
public DateTime CreatedAt { get; set; }
private string name;
public string Name { get { return name; } set { if (name == value) return; name = value; OnPropertyChanged(nameof(Name)); } }
public void Dispose() { Dispose(true); GC.SuppressFinalize(this); }
protected virtual void Dispose(bool disposing) { if (disposed) return; if (disposing) { inner.Dispose(); } disposed = true; }
public override bool Equals(object obj) { if (ReferenceEquals(null, obj)) return false; if (ReferenceEquals(this, obj)) return true;
    if (obj.GetType() != this.GetType()) return false; return Equals((Model)obj); }
public override int GetHashCode() { unchecked { int hash = 17; hash = hash * 23 + Id.GetHashCode(); hash = hash * 23 + Name.GetHashCode(); return hash; } }`,
  },
  {
    path: 'special.cpp',
    text: `#pragma once
extern "C" {
#ifdef __cplusplus
}
#endif
class Thing {
 public:
  Thing();
  virtual ~Thing();
  Thing(const Thing& other) = delete;
  Thing& operator=(const Thing& other) = delete;
  Thing(Thing&& other) noexcept = default;
  Thing& operator=(Thing&& other) noexcept = default;
 private:
};
int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
#if defined(_WIN32) && defined(BUILDING_LIBRARY)
#define API __declspec(dllexport)
#elif defined(_WIN32)
#define API __declspec(dllimport)
#else
#define API __attribute__((visibility("default")))
#endif
#ifndef MIN
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#endif
#ifndef MAX
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#endif
- (instancetype)initWithFrame:(CGRect)frame { if (self = [super initWithFrame:frame]) { [self setUp]; } return self; }
- (instancetype)initWithCoder:(NSCoder *)coder { if (self = [super initWithCoder:coder]) { [self setUp]; } return self; }
+ (instancetype)sharedInstance { static id shared = nil; static dispatch_once_t once; dispatch_once(&once, ^{ shared = [[self alloc] init]; }); return shared; }`,
  },
  {
    path: 'main.py',
    text: `def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", required=True, help="input file")
    parser.add_argument("--output", default=None, help="output file")
    parser.add_argument("--verbose", action="store_true", help="say more")
    args = parser.parse_args(argv)
if __name__ == "__main__":
    main()
def __repr__(self):
    return "%s(name=%r, size=%r)" % (self.__class__.__name__, self.name, self.size)
def __eq__(self, other):
    if not isinstance(other, self.__class__):
        return NotImplemented
    return self.name == other.name and self.size == other.size
def __ne__(self, other):
    return not self == other
def __init__(self, name, size, kind, place=None, parent=None):
    super().__init__()
    self.name = name
    self.size = size
    self.kind = kind
    self.place = place
    self.parent = parent
@property
def name(self):
    return self._name
@name.setter
def name(self, value):
    self._name = value`,
  },
  {
    path: 'main.go',
    text: `if err != nil {
	return nil, err
}
if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
	http.Error(w, err.Error(), http.StatusBadRequest)
	return
}
defer func() {
	if err := recover(); err != nil {
		log.Println(err)
	}
}()
func (a byName) Len() int           { return len(a) }
func (a byName) Swap(i, j int)      { a[i], a[j] = a[j], a[i] }
func (a byName) Less(i, j int) bool { return a[i].Name < a[j].Name }
for _, tt := range tests {
	t.Run(tt.name, func(t *testing.T) {
		got, err := run(tt.args.in)
		if (err != nil) != tt.wantErr {
			t.Errorf("run() error = %v, wantErr %v", err, tt.wantErr)
			return
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("run() = %v, want %v", got, tt.want)
		}
	})
}`,
  },
  {
    path: 'lib.rs',
    text: `impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io(err) => write!(f, "io error: {}", err),
            Error::Parse(err) => write!(f, "parse error: {}", err),
        }
    }
}
impl std::error::Error for Error {}
impl From<io::Error> for Error {
    fn from(err: io::Error) -> Self {
        Error::Io(err)
    }
}
impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}`,
  },
  {
    path: 'Model.swift',
    text: `required init?(coder aDecoder: NSCoder) {
    fatalError("init(coder:) has not been implemented")
}
override init(frame: CGRect) { super.init(frame: frame) }
static func == (lhs: Model, rhs: Model) -> Bool { return lhs.id == rhs.id && lhs.name == rhs.name && lhs.kind == rhs.kind }
func hash(into hasher: inout Hasher) { hasher.combine(id) }
enum CodingKeys: String, CodingKey { case id case name case kind = "kind_name" case createdAt = "created_at" }`,
  },
];
