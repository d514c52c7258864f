#pragma once

struct Frame { int width; int height; };
