# SPDX-License-Identifier: GPL-3.0-or-later
# The pages and views of records, runs, rejected rows, activity, API and settings, with their item models.
target_sources(idstore_ui PRIVATE "${CMAKE_CURRENT_LIST_FILE}")
