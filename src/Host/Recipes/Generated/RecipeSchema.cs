using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DklActors.Host.Recipes.Keys;

namespace DklActors.Host.Recipes.Generated;

/// <summary>The JSON schema of recipes (draft 2020-12), by which editors complete and check them.</summary>
public static class RecipeSchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of the committed schema, config/recipe.schema.json.</summary>
    public static string Text => Make().ToJsonString(Readable) + "\n";

    private static JsonObject Make()
    {
        JsonObject root = SectionSchema("", "An experiment of DklActors.");
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "DklActors recipe",
        };
        foreach ((string name, JsonNode? part) in root)
        {
            schema[name] = part?.DeepClone();
        }

        return schema;
    }

    private static JsonObject SectionSchema(string section, string documentation)
    {
        RecipeKey[] keys = [.. RecipeTable.Keys.Where(key => key.Section == section)];
        var properties = new JsonObject();
        foreach (RecipeKey key in keys)
        {
            properties[key.Name] = KeySchema(key);
        }

        var required = keys.Where(static key => key.IsRequired && key.Condition is null).Select(static k => k.Name);
        if (section.Length == 0)
        {
            foreach ((string name, string about) in RecipeTable.Sections)
            {
                properties[name] = SectionSchema(name, about);
            }

            properties[RegionKeys.List] = RegionsSchema();
            required = required.Concat(RecipeTable.Sections.Keys.Where(HasRequiredKeys));
        }

        var schema = new JsonObject
        {
            ["type"] = section.Length == 0 || HasRequiredKeys(section) ? "object" : new JsonArray("object", "null"),
            ["description"] = documentation,
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        AddNames(schema, required);
        JsonArray conditions = [.. keys.Where(static key => key.Condition is not null)
            .GroupBy(static key => key.Condition!)
            .Select(static group => ConditionSchema(group.Key, [.. group]))];
        if (conditions.Count > 0)
        {
            schema["allOf"] = conditions;
        }

        return schema;
    }

    private static JsonObject RegionsSchema()
    {
        var properties = new JsonObject { [RecipeKeys.Name.Name] = KeySchema(RecipeKeys.Name) };
        foreach (var section in RegionKeys.All.GroupBy(static key => key.Section))
        {
            var keys = new JsonObject();
            foreach (RecipeKey key in section)
            {
                keys[key.Name] = KeySchema(key);
            }

            if (section.Key.Length == 0)
            {
                foreach ((string name, JsonNode? schema) in keys)
                {
                    properties[name] = schema?.DeepClone();
                }

                continue;
            }

            properties[section.Key] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["properties"] = keys,
            };
        }

        var region = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray(RecipeKeys.Name.Name),
            ["properties"] = properties,
        };
        return new JsonObject
        {
            ["type"] = "array",
            ["description"] = RegionKeys.About,
            ["minItems"] = 1,
            ["maxItems"] = RegionKeys.Most,
            ["items"] = region,
        };
    }

    private static bool HasRequiredKeys(string section) =>
        RecipeTable.Keys.Any(key => key.Section == section && key.IsRequired && key.Condition is null);

    private static JsonObject KeySchema(RecipeKey key)
    {
        JsonObject schema = key.AnyFormat.Schema();
        schema["description"] = RecipeReference.Describe(key);
        if (key.Default is string text)
        {
            bool isNumber = schema["type"]?.GetValue<string>() is "integer" or "number";
            schema["default"] = isNumber ? JsonNode.Parse(text) : JsonValue.Create(text);
        }

        return schema;
    }

    // With the selector as it must be, the keys may be there and some must; otherwise none may.
    private static JsonObject ConditionSchema(RecipeCondition condition, RecipeKey[] keys)
    {
        var selectors = new JsonObject();
        var named = new JsonArray();
        for (RecipeCondition? next = condition; next is not null; next = RecipeTable.ByPath[next.Selector].Condition)
        {
            RecipeKey selector = RecipeTable.ByPath[next.Selector];
            selectors[selector.Name] = SelectorSchema(next);
            // A selector that is left out has its default.
            if (selector.Default is null || !next.Words.Contains(selector.Default) || !selector.IsTacit)
            {
                named.Add(selector.Name);
            }
        }

        var then = new JsonObject();
        AddNames(then, keys.Where(static key => key.IsRequired).Select(static key => key.Name));
        var forbidden = new JsonObject();
        foreach (RecipeKey key in keys)
        {
            forbidden[key.Name] = false;
        }

        return new JsonObject
        {
            ["if"] = new JsonObject
            {
                ["properties"] = selectors,
                ["required"] = named,
            },
            ["then"] = then,
            ["else"] = new JsonObject { ["properties"] = forbidden },
        };
    }

    private static JsonObject SelectorSchema(RecipeCondition condition) => condition.Words is [string only]
        ? new JsonObject { ["const"] = only }
        : new JsonObject { ["enum"] = new JsonArray([.. condition.Words.Select(static w => JsonValue.Create(w))]) };

    private static void AddNames(JsonObject schema, IEnumerable<string> required)
    {
        JsonArray names = [.. required.Select(static name => JsonValue.Create(name))];
        if (names.Count > 0)
        {
            schema["required"] = names;
        }
    }
}
