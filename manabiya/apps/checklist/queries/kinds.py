"""Kinds of schools in their words."""

KINDS = {
    "elementary_school": "小学校",
    "junior_high_school": "中学校",
    "compulsory_education_school": "義務教育学校",
}
