import type { Language } from './Language.js';

/** What a package's code stands for in the benchmark. */
export type Role =
  /** The code of the partner that must not be copied: it is indexed. */
  | 'restricted'
  /** The open part of the repository and well-known packages: it is allowed. */
  | 'open'
  /** Code that has nothing to do with either: what people paste all day. */
  | 'stranger';

/** The packages of one split are disjoint from those of the other, so that tuning on one shows on the other. */
export type Split = 'tune' | 'report';

export interface PinnedPackage {
  /** name@version, as npm fetches it. */
  readonly spec: string;
  readonly split: Split;
  readonly role: Role;
  /** Folders to take, relative to the package; all when absent. */
  readonly folders?: readonly string[];
  /** Folders or files to leave out: builds of the same sources. */
  readonly without?: readonly string[];
  readonly languages?: readonly Language[];
}

/** Public packages that ship their sources. Fetched when the benchmark runs, never committed. */
export const packages: readonly PinnedPackage[] = [
  // Tuning: restricted
  { spec: 'phaser@4.2.1', split: 'tune', role: 'restricted', folders: ['src'] },
  { spec: 'webpack@5.112.2', split: 'tune', role: 'restricted', folders: ['lib'] },
  { spec: 'rxjs@7.8.2', split: 'tune', role: 'restricted', folders: ['src'] },
  { spec: 'three@0.187.0', split: 'tune', role: 'restricted', folders: ['src', 'examples/jsm'] },
  { spec: 'knex@3.3.0', split: 'tune', role: 'restricted', folders: ['lib'] },
  { spec: 'ol@10.11.0', split: 'tune', role: 'restricted', without: ['dist', 'build', 'src'] },
  { spec: 'native-base@3.4.28', split: 'tune', role: 'restricted', folders: ['src'] },
  { spec: '@blueprintjs/core@6.20.0', split: 'tune', role: 'restricted', folders: ['src'] },
  { spec: 'mongoose@9.12.1', split: 'tune', role: 'restricted', folders: ['lib'] },
  { spec: 'node-sass@9.0.0', split: 'tune', role: 'restricted', folders: ['src'] },
  { spec: 'leveldown@6.1.1', split: 'tune', role: 'restricted' },
  { spec: 're2@1.24.0', split: 'tune', role: 'restricted', folders: ['vendor', 'lib'] },
  { spec: 'tree-sitter@0.25.1', split: 'tune', role: 'restricted' },
  { spec: 'expo-modules-core@58.0.7', split: 'tune', role: 'restricted' },
  { spec: 'expo-updates@57.0.24', split: 'tune', role: 'restricted' },
  { spec: 'expo-camera@57.0.6', split: 'tune', role: 'restricted' },
  { spec: 'expo-notifications@58.0.2', split: 'tune', role: 'restricted' },
  { spec: 'expo-file-system@58.0.2', split: 'tune', role: 'restricted' },
  { spec: 'expo-av@16.0.8', split: 'tune', role: 'restricted' },
  { spec: 'react-native-maps@1.29.11', split: 'tune', role: 'restricted' },
  { spec: 'react-native-screens@4.30.1', split: 'tune', role: 'restricted', without: ['lib'] },
  { spec: 'react-native-firebase@5.6.0', split: 'tune', role: 'restricted' },
  { spec: 'react-native-track-player@4.1.2', split: 'tune', role: 'restricted', without: ['lib'] },
  { spec: '@capacitor-community/sqlite@8.1.1', split: 'tune', role: 'restricted', without: ['dist'] },
  { spec: 'cordova-plugin-file@8.1.3', split: 'tune', role: 'restricted' },
  { spec: 'com.cysharp.unitask@2.2.5', split: 'tune', role: 'restricted' },
  { spec: '@autorest/python@6.50.3', split: 'tune', role: 'restricted', languages: ['python'] },
  { spec: 'uniffi-bindgen-react-native@0.31.0-5', split: 'tune', role: 'restricted', languages: ['rust'] },
  { spec: 'understrap@1.0.1', split: 'tune', role: 'restricted', languages: ['php'] },
  { spec: '@nesk/rialto@1.4.0', split: 'tune', role: 'restricted', languages: ['php'] },
  { spec: '@nesk/puphpeteer@2.0.0', split: 'tune', role: 'restricted', languages: ['php'] },
  { spec: '@prettier/plugin-ruby@2.1.0', split: 'tune', role: 'restricted', languages: ['ruby'] },
  // Tuning: open
  { spec: 'lodash@4.18.1', split: 'tune', role: 'open', without: ['fp'] },
  { spec: 'core-js@3.51.0', split: 'tune', role: 'open' },
  { spec: 'async@3.2.6', split: 'tune', role: 'open', without: ['dist'] },
  { spec: 'express@5.3.0', split: 'tune', role: 'open' },
  { spec: 'jquery@4.0.0', split: 'tune', role: 'open', folders: ['src'] },
  { spec: 'axios@1.21.1', split: 'tune', role: 'open', folders: ['lib'] },
  { spec: 'moment@2.31.0', split: 'tune', role: 'open', folders: ['src'] },
  { spec: '@shopify/polaris@13.9.5', split: 'tune', role: 'open', folders: ['build/esm'] },
  { spec: 'nan@2.30.0', split: 'tune', role: 'open' },
  { spec: 'argon2@0.45.1', split: 'tune', role: 'open' },
  { spec: 'cordova-android@15.1.0', split: 'tune', role: 'open' },
  { spec: 'cordova-ios@8.1.1', split: 'tune', role: 'open' },
  { spec: 'react-native-reanimated@4.7.1', split: 'tune', role: 'open', without: ['lib'] },
  { spec: 'react-native-gesture-handler@3.5.0', split: 'tune', role: 'open', without: ['lib'] },
  // Tuning: strangers
  { spec: 'highcharts@13.1.1', split: 'tune', role: 'stranger', folders: ['es-modules'] },
  { spec: 'codemirror@5.65.21', split: 'tune', role: 'stranger', without: ['lib'] },
  { spec: 'eslint@10.15.0', split: 'tune', role: 'stranger', folders: ['lib'] },
  { spec: '@fluentui/react@8.125.7', split: 'tune', role: 'stranger', folders: ['src', 'lib-commonjs'] },
  { spec: 'nodegit@0.27.0', split: 'tune', role: 'stranger' },
  { spec: 'zeromq@6.8.0', split: 'tune', role: 'stranger' },
  { spec: 'node-hid@3.4.0', split: 'tune', role: 'stranger' },
  { spec: 'react-native-svg@15.16.1', split: 'tune', role: 'stranger', without: ['lib'] },
  { spec: 'react-native-ble-plx@3.5.1', split: 'tune', role: 'stranger' },
  { spec: 'react-native-video@6.19.3', split: 'tune', role: 'stranger', without: ['lib'] },
  { spec: 'cordova-plugin-camera@8.0.0', split: 'tune', role: 'stranger' },
  { spec: 'cordova-plugin-inappbrowser@7.0.0', split: 'tune', role: 'stranger' },
  { spec: 'jp.keijiro.osc-jack@2.0.0', split: 'tune', role: 'stranger' },
  { spec: 'jp.keijiro.klak.hap@1.0.0', split: 'tune', role: 'stranger' },
  { spec: 'com.github.asus4.onnxruntime.unity@0.4.9', split: 'tune', role: 'stranger' },
  { spec: 'react-native-code-push@9.0.1', split: 'tune', role: 'stranger' },
  { spec: 'serverless-wsgi@3.1.0', split: 'tune', role: 'stranger' },
  { spec: 'expo-modules-autolinking@58.0.4', split: 'tune', role: 'stranger', languages: ['ruby', 'kotlin'] },

  // Reporting: restricted
  { spec: '@babylonjs/core@9.34.0', split: 'report', role: 'restricted' },
  { spec: '@patternfly/react-core@6.6.1', split: 'report', role: 'restricted', folders: ['src'] },
  { spec: 'viem@2.57.20', split: 'report', role: 'restricted', without: ['_cjs', '_esm', '_types'] },
  { spec: 'ethers@6.17.0', split: 'report', role: 'restricted', folders: ['src.ts'] },
  { spec: 'typeorm@1.1.1', split: 'report', role: 'restricted', without: ['browser'] },
  { spec: 'grommet@2.57.0', split: 'report', role: 'restricted', folders: ['es6'] },
  { spec: 'mathjs@15.2.0', split: 'report', role: 'restricted', folders: ['lib/esm'] },
  { spec: 'rocksdb@5.2.1', split: 'report', role: 'restricted', languages: ['c'] },
  { spec: 'node-rdkafka@3.6.1', split: 'report', role: 'restricted' },
  { spec: 'lmdb@3.5.6', split: 'report', role: 'restricted' },
  { spec: 'react-native@0.76.5', split: 'report', role: 'restricted', without: ['sdks'] },
  { spec: 'react-native-vision-camera@5.2.3', split: 'report', role: 'restricted', without: ['lib'] },
  { spec: 'react-native-iap@16.7.1', split: 'report', role: 'restricted', without: ['lib'] },
  { spec: '@stripe/stripe-react-native@0.78.0', split: 'report', role: 'restricted', without: ['lib'] },
  { spec: 'appium-webdriveragent@16.12.7', split: 'report', role: 'restricted' },
  { spec: 'com.neuecc.unirx@7.1.0', split: 'report', role: 'restricted' },
  { spec: 'node-gyp@12.4.0', split: 'report', role: 'restricted' },
  { spec: '@temporalio/core-bridge@1.9.0', split: 'report', role: 'restricted', languages: ['rust'] },
  { spec: '@wordpress/block-library@9.10.0', split: 'report', role: 'restricted', languages: ['php'] },
  { spec: 'thrift@0.9.3', split: 'report', role: 'restricted', languages: ['go', 'ruby'] },
  // Reporting: open
  { spec: 'underscore@1.13.8', split: 'report', role: 'open', folders: ['modules'] },
  { spec: 'ramda@0.32.0', split: 'report', role: 'open', folders: ['es'] },
  { spec: 'immutable@5.2.1', split: 'report', role: 'open' },
  { spec: 'bluebird@3.7.2', split: 'report', role: 'open', folders: ['js/release'] },
  { spec: 'react-dom@19.3.1', split: 'report', role: 'open', folders: ['cjs'] },
  { spec: 'chart.js@4.6.1', split: 'report', role: 'open' },
  { spec: 'video.js@8.24.1', split: 'report', role: 'open', folders: ['src'] },
  { spec: 'playcanvas@2.23.3', split: 'report', role: 'open', folders: ['build/playcanvas/src'] },
  { spec: 'node-addon-api@8.9.2', split: 'report', role: 'open' },
  { spec: 'hiredis@0.5.0', split: 'report', role: 'open' },
  { spec: 'snappy@6.3.5', split: 'report', role: 'open' },
  { spec: '@capacitor/android@8.5.2', split: 'report', role: 'open' },
  { spec: '@capacitor/ios@8.5.2', split: 'report', role: 'open' },
  { spec: 'lottie-react-native@7.5.0', split: 'report', role: 'open' },
  // Reporting: strangers
  { spec: 'google-closure-library@20230802.0.0', split: 'report', role: 'stranger', folders: ['closure'] },
  { spec: 'antd@6.6.8', split: 'report', role: 'stranger', folders: ['es'] },
  { spec: '@mui/material@9.5.0', split: 'report', role: 'stranger' },
  { spec: 'sequelize@6.37.8', split: 'report', role: 'stranger', folders: ['lib'] },
  { spec: 'aws-crt@1.33.2', split: 'report', role: 'stranger', languages: ['typescript', 'c'] },
  {
    spec: 'grpc@1.24.11',
    split: 'report',
    role: 'stranger',
    folders: ['deps/grpc/src', 'deps/grpc/third_party/abseil-cpp', 'ext'],
  },
  { spec: 'node-expat@2.4.1', split: 'report', role: 'stranger' },
  {
    spec: 'thrift@0.9.3',
    split: 'report',
    role: 'stranger',
    languages: ['java', 'csharp', 'python', 'php', 'c', 'objc'],
  },
  { spec: 'react-native-windows@0.57.2', split: 'report', role: 'stranger', languages: ['csharp'] },
  { spec: 'com.crowdin.unity-plugin@0.12.0', split: 'report', role: 'stranger' },
  { spec: 'react-native-device-info@15.0.2', split: 'report', role: 'stranger', without: ['lib'] },
  { spec: 'react-native-image-crop-picker@0.52.0', split: 'report', role: 'stranger' },
  { spec: 'react-native-webview@16.0.0', split: 'report', role: 'stranger', without: ['lib'] },
  { spec: '@capacitor-community/bluetooth-le@8.3.0', split: 'report', role: 'stranger', without: ['dist'] },
  { spec: '@capacitor-community/camera-preview@8.0.1', split: 'report', role: 'stranger', without: ['dist'] },
  { spec: '@capacitor-firebase/authentication@8.5.2', split: 'report', role: 'stranger', without: ['dist'] },
  { spec: 'react-native-purchases@10.10.2', split: 'report', role: 'stranger' },
  { spec: 'cordova-plugin-media-capture@6.0.0', split: 'report', role: 'stranger' },
];
