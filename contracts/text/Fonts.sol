// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

// Fonts that usual systems have for Japanese and Latin writing, as attributes of SVG: cards load none.

string constant SERIF =
    "font-family=\"'Hiragino Mincho ProN','Noto Serif JP','Noto Serif CJK JP','Yu Mincho',YuMincho,'Noto Serif',Georgia,serif\"";
string constant SANS =
    "font-family=\"'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP','Yu Gothic','Segoe UI',system-ui,sans-serif\"";
